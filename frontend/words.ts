// Texts with places to fill, and texts as they are compared while somebody searches.
export const filled = (text: string, values: Record<string, string>): string => text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

// Many keyboards lack these letters; what has marks above or below loses them by itself.
const ALIKE: Record<string, string> = { ə: "e", ı: "i", ә: "а", ғ: "г", қ: "к", ң: "н", ө: "о", ұ: "у", ү: "у", һ: "х", і: "и" };

export const folded = (text: string): string =>
  text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[əıәғқңөұүһі]/g, (letter) => ALIKE[letter] ?? letter).trim();
