import { ProblemError } from "../api/client";
import type { Key, Say } from "../messages";

const ADVICE: Record<string, Key> = {
  "no-documents": "noDocuments",
  "empty-question": "emptyQuestion",
  "question-too-long": "questionTooLong",
  "catalog-busy": "busy",
  "too-many-requests": "tooMany",
  "broken-off": "brokenOff",
};

/** What went wrong, in the words of the page where it has some. */
export function adviceOn(error: unknown, say: Say): string {
  if (!(error instanceof ProblemError)) return say("unreachable");
  const known = ADVICE[error.kind];
  return known ? say(known) : error.problem.detail;
}
