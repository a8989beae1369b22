// The quote of a citation in pieces, so that the words that answer can be told from the others.

import type { Citation } from "../api/client";

export interface Piece {
  text: string;
  isAnswer: boolean;
}

type Quoted = Pick<Citation, "quote" | "start" | "answer_start" | "answer_end">;

/** What stands before the words that answer, these words, and what stands behind; none of them empty. */
export function piecesOf({ quote, start, answer_start, answer_end }: Quoted): Piece[] {
  // Strings of JavaScript count UTF-16 units, offsets count code points.
  const characters = Array.from(quote);
  const from = (answer_start ?? start) - start;
  const to = (answer_end ?? start) - start;
  const piece = (isAnswer: boolean, first: number, last?: number): Piece => ({
    text: characters.slice(first, last).join(""),
    isAnswer,
  });
  return [piece(false, 0, from), piece(true, from, to), piece(false, to)].filter(({ text }) => text);
}

/** The pieces of each line of the quote; a line without words has none. */
export function linesOf(citation: Quoted): Piece[][] {
  const lines: Piece[][] = [];
  let line: Piece[] = [];
  for (const { text, isAnswer } of piecesOf(citation)) {
    const [first = "", ...others] = text.split("\n");
    if (first) line.push({ text: first, isAnswer });
    for (const other of others) {
      lines.push(line);
      line = other ? [{ text: other, isAnswer }] : [];
    }
  }
  return [...lines, line];
}
