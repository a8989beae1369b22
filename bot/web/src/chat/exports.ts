// An answer with its quotes as a file or as text to paste.

import type { Answer } from "../api/client";
import type { Say } from "../messages";
import { save } from "../shell/save";
import { sourceOf } from "../shell/source";
import { linesOf } from "./quotes";
import type { Piece } from "./quotes";

// Markdown reads ** as emphasis if a letter stands inside of it, whatever stands outside.
const EDGES = /^([\p{P}\p{S}\s]*)(.*?)([\p{P}\p{S}\s]*)$/su;

function validityOf({ validity, expires_on }: Answer["citations"][number], say: Say): string {
  return expires_on ? `${say(validity)}（${say("until", { date: expires_on })}）` : say(validity);
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!]/g, "\\$&");
}

function pieceAsMarkdown({ text, isAnswer }: Piece): string {
  const [, before = "", words = "", after = ""] = EDGES.exec(text) ?? [];
  return isAnswer && words ? `${escaped(before)}**${escaped(words)}**${escaped(after)}` : escaped(text);
}

/** The answer and its quotes in Markdown; what documents say is escaped, so that it stays text. */
export function asMarkdown(answer: Answer, say: Say): string {
  const quotes = answer.citations.map(
    (citation) =>
      `${citation.marker}. ${escaped(sourceOf(citation))} · ${validityOf(citation, say)}\n\n` +
      linesOf(citation)
        .map((line) => `   > ${line.map(pieceAsMarkdown).join("")}`)
        .join("\n"),
  );
  const text = answer.text
    .split("\n")
    .map(escaped)
    .join("\n\n")
    .replace(/\\\[(\d+)\\\]/g, "[$1]");
  return [
    `# ${escaped(answer.question)}`,
    text,
    ...(quotes.length ? [`## ${say("evidence")}`, ...quotes] : []),
  ].join("\n\n");
}

export function saveMarkdown(answer: Answer, say: Say): void {
  save(new Blob([asMarkdown(answer, say)], { type: "text/markdown" }), `${nameOf(answer)}.md`);
}

export async function saveWord(answer: Answer, say: Say): Promise<void> {
  const { Document, HeadingLevel, Packer, Paragraph, TextRun } = await import("docx");
  const file = new Document({
    styles: {
      default: { document: { run: { font: { eastAsia: "SimSun", ascii: "Times New Roman" }, size: 24 } } },
    },
    sections: [
      {
        children: [
          new Paragraph({ text: answer.question, heading: HeadingLevel.HEADING_1 }),
          ...answer.text
            .split("\n")
            .filter(Boolean)
            .map((line) => new Paragraph({ text: line })),
          ...(answer.citations.length
            ? [new Paragraph({ text: say("evidence"), heading: HeadingLevel.HEADING_2 })]
            : []),
          ...answer.citations.flatMap((citation) => [
            new Paragraph({
              children: [
                new TextRun({
                  text: `[${citation.marker}] ${sourceOf(citation)} · ${validityOf(citation, say)}`,
                  bold: true,
                }),
              ],
            }),
            ...linesOf(citation).map(
              (line) =>
                new Paragraph({
                  children: line.map(({ text, isAnswer }) => new TextRun({ text, bold: isAnswer })),
                  indent: { left: 480 },
                }),
            ),
          ]),
        ],
      },
    ],
  });
  save(await Packer.toBlob(file), `${nameOf(answer)}.docx`);
}

function nameOf(answer: Answer): string {
  return (
    answer.question
      .replace(/[\\/:*?"<>|\s]+/g, " ")
      .trim()
      .slice(0, 40) || "Clausewise"
  );
}
