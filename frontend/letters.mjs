// The letters whose glyphs a page loads first: the alphabets of kk, az, ru, en and tr with their punctuation.
// Everything else (transliteration, other alphabets) comes from the whole subset, only on pages that have it.

const ascii = String.fromCharCode(...Array.from({ length: 95 }, (_, i) => 32 + i));

export const LETTERS = {
  latin: ascii + "\u00a0«»“”‘’‚„–—…·•×÷±°§©®²³½¼¾−€←→↑↓ÄÇËÉÖÜÂÎÛßäçëéèöüâîûıñóáíʻʼ",
  "latin-ext": "ƏəĞğİŞşĀāĪīŪūŠšČčŽžĆćŁł₸₼₺₽",
  cyrillic: "АаБбВвГгДдЕеЁёЖжЗзИиЙйКкЛлМмНнОоПпРрСсТтУуФфХхЦцЧчШшЩщЪъЫыІіЬьЭэЮюЯяҰұ№",
  "cyrillic-ext": "ӘәҒғҚқҢңӨөҮүҺһ",
};
