// Passkeys: the browser makes or shows a key and the form carries what it says to the node.
// The pages hold every other way to sign in and work without this script.
type Options = { publicKey: Record<string, unknown> & { challenge: string } };
type Descriptor = { id: string };

const bytes = (text: string): ArrayBuffer => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
};

const text = (buffer: ArrayBuffer | null): string | null =>
  buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list: unknown): object[] => ((list as Descriptor[] | undefined) ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

/** What every credential says of itself, whichever ceremony it comes from. */
const said = (key: PublicKeyCredential, response: object): string =>
  JSON.stringify({
    type: key.type,
    id: key.id,
    rawId: text(key.rawId),
    authenticatorAttachment: key.authenticatorAttachment,
    clientExtensionResults: key.getClientExtensionResults(),
    response,
  });

/** A new key; `alone` asks for one that signs in without a password and so checks its owner itself. */
async function made(options: Options, alone: boolean): Promise<string> {
  const asked = options.publicKey;
  const user = asked.user as { id: string };
  const choice = { ...(asked.authenticatorSelection as object), residentKey: alone ? "required" : "discouraged", requireResidentKey: alone };
  const publicKey = {
    ...asked,
    challenge: bytes(asked.challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: known(asked.excludeCredentials),
    authenticatorSelection: alone ? { ...choice, userVerification: "required" } : choice,
  } as unknown as PublicKeyCredentialCreationOptions;
  const key = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
  const answer = key.response as AuthenticatorAttestationResponse;
  return said(key, {
    clientDataJSON: text(answer.clientDataJSON),
    attestationObject: text(answer.attestationObject),
    transports: answer.getTransports?.() ?? [],
  });
}

async function shown(options: Options): Promise<string> {
  const asked = options.publicKey;
  const publicKey = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) } as unknown as PublicKeyCredentialRequestOptions;
  const key = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  const answer = key.response as AuthenticatorAssertionResponse;
  return said(key, {
    clientDataJSON: text(answer.clientDataJSON),
    authenticatorData: text(answer.authenticatorData),
    signature: text(answer.signature),
    userHandle: text(answer.userHandle),
  });
}

/** What the node asks of the key: with the page, or on the sign-in page only when it is wanted. */
async function wanted(form: HTMLFormElement): Promise<Record<string, Options>> {
  const here = document.getElementById("passkey-options");
  if (here) return JSON.parse(here.textContent ?? "{}") as Record<string, Options>;
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()) as Record<string, Options>;
}

function start(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("button[type=submit]");
  const part = (name: string): HTMLElement | null => form.querySelector<HTMLElement>(`[data-${name}]`);
  const show = (name: string, visible: boolean): void => {
    const found = part(name);
    if (found) found.hidden = !visible;
  };
  if (!button) return;
  if (!window.PublicKeyCredential) {
    show("unsupported", true);
    return;
  }
  show("ready", true);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const input = form.elements.namedItem("credential") as HTMLInputElement;
    const alone = form.elements.namedItem("passwordless");
    button.disabled = true;
    show("failed", false);
    wanted(form)
      .then((all) =>
        all.creation_options ? made(all.creation_options, alone instanceof HTMLInputElement && alone.checked) : shown(all.request_options as Options),
      )
      .then((credential) => {
        input.value = credential;
        form.submit();
      })
      .catch(() => {
        button.disabled = false;
        show("failed", true);
      });
  });
}

document.querySelectorAll<HTMLFormElement>("form[data-passkey]").forEach(start);
