"""Whether an ID token is what the provider signed for this node and for this very sign-in."""

from __future__ import annotations

from typing import Any

import jwt
from django.utils.crypto import salted_hmac

from ortaq.people.oidc.door import Trouble

# Signatures with a public key only: a shared secret would let the node sign for the provider.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
NEEDED = ["exp", "iat", "iss", "aud", "sub"]
LEEWAY = 30  # seconds that clocks may differ


def nonce_of(state: str) -> str:
    """Binds the token to the state that the browser's session holds; nothing more has to be kept."""
    return salted_hmac("ortaq.people.oidc", state).hexdigest()


def claims(token: Any, keys: dict[str, Any], *, issuer: str, client: str, nonce: str) -> dict[str, Any]:
    """What the token says, every check of OpenID Connect Core 3.1.3.7 made. Raises Trouble."""
    try:
        key = jwt.PyJWKSet.from_dict(keys)[jwt.get_unverified_header(token).get("kid")]  # type: ignore[index]
        found: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            issuer=issuer,
            audience=client,
            leeway=LEEWAY,
            options={"require": NEEDED},
        )
    except KeyError as error:
        raise Trouble("the token is signed with a key that the provider does not name") from error
    except jwt.PyJWTError as error:
        raise Trouble(f"the token is not valid: {type(error).__name__}") from error
    if found.get("nonce") != nonce:
        raise Trouble("the token belongs to another sign-in")
    if found.get("azp", client) != client:
        raise Trouble("the token was made for another client")
    return found
