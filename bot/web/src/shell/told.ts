// Sentences of the server, which speaks English, in the language of the page.

import type { Language } from "../messages";
import SENTENCES from "./sentences.json";

interface Pattern {
  shape: RegExp;
  chinese: string;
  /** Letters that are the sentence's own: of two patterns that fit, the one with more says more. */
  own: number;
}

/** What stands in place of {1}, {2} … */
const PLACE = /\{(\d)\}/g;
const THREE_WORDS = /[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}[ ,;:]+[A-Za-z]{2,}/;
// A sentence around a whole other one is looked at first.
const PATTERNS: readonly Pattern[] = Object.entries(SENTENCES)
  .map(([english, chinese]) => ({
    shape: new RegExp(`^${english.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(PLACE, "([^]+?)")}$`),
    chinese,
    own: english.startsWith("{1}; ") ? Infinity : english.replace(PLACE, "").length,
  }))
  .sort((one, other) => other.own - one.own);

/** The server's sentence in the language of the page; as it is if it is not known. */
export function told(sentence: string, language: Language): string {
  if (language === "en") return sentence;
  for (const { shape, chinese } of PATTERNS) {
    const found = shape.exec(sentence);
    if (found) return chinese.replace(PLACE, (_, place: string) => told(found[Number(place)] ?? "", language));
  }
  return sentence;
}

/** Whether the text stands in English on a page in another language. */
export function isForeign(text: string, language: Language): boolean {
  return language !== "en" && THREE_WORDS.test(text);
}
