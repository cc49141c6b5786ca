/**
 * iPad models by age. A model is reported either by its marketing name ("iPad (4th generation)") or by its hardware identifier
 * ("iPad3,4"). The iPad 4 and everything before it, and the first iPad mini, are too old for shared checks.
 */

export type ModelAge = "too-old" | "recent" | "unknown"; // unknown: "iPad" alone does not say which

const LAST_OLD_IPAD = 4; // iPad (4th generation), late 2012
const LAST_OLD_IDENTIFIER = 3; // iPad3,4 to 3,6 are the 4th generation; iPad2,5 to 2,7 the first mini; iPad4,1 is the first Air
const ORDINALS = ["first", "second", "third", "fourth"];

/** How old a model is. What is not an iPad is not an old one. */
export function ageOf(model: string): ModelAge {
  const name = plainModel(model);
  if (!/^ipad\b/.test(name) && !/^ipad\d/.test(name)) return "recent";
  const identifier = /^ipad ?(\d+),\d+$/.exec(name);
  if (identifier) return Number(identifier[1]) <= LAST_OLD_IDENTIFIER ? "too-old" : "recent";
  if (name === "ipad") return "unknown";
  if (name === "ipad with retina display" || name === "ipad original") return "too-old";
  if (/^ipad mini( 1)?$/.test(name)) return "too-old";
  const generation = /^ipad (\d+)$/.exec(name);
  return generation && Number(generation[1]) <= LAST_OLD_IPAD ? "too-old" : "recent";
}

/** True for a hardware identifier, such as "iPad13,16". */
export function isIdentifier(model: string): boolean {
  return /^[a-z]+ ?\d+,\d+$/i.test(model.trim());
}

/** A model in the one form that is compared: "Apple iPad (4th generation) Wi-Fi 16 GB" is "ipad 4". */
export function plainModel(model: string): string {
  let name = model.toLowerCase().replace(/^apple /, "").replace(/[()\[\]+]/g, " ");
  name = name.replace(/\bwi-?fi\b|\bcellular\b|\b\d+ ?[gt]b\b/g, " ");
  ORDINALS.forEach((word, i) => name = name.replace(new RegExp(`\\b${word}\\b`), `${i + 1}`));
  name = name.replace(/\b(\d+)(?:st|nd|rd|th)\b/, "$1").replace(/\bgen(?:eration)?\b\.?/, " ");
  return name.replace(/\s+/g, " ").trim();
}
