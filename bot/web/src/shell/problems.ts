import { ProblemError } from "../api/client";
import type { Key, Say } from "../messages";

const ADVICE: Record<string, Key> = {
  "no-documents": "noDocuments",
  "empty-question": "emptyQuestion",
  "unreadable-question": "unreadableQuestion",
  "question-too-long": "questionTooLong",
  "unknown-region": "unknownRegion",
  "too-many-requests": "tooMany",
  "too-many-waiting": "tooManyWaiting",
  "not-administrator": "notAdministrator",
  "upload-name": "uploadName",
  "unknown-upload": "unknownUpload",
  "unknown-job": "unknownJob",
  "unknown-note": "unknownNote",
  "unknown-policy": "unknownPolicy",
  "unknown-clause": "unknownClause",
  "catalog-version": "catalogVersion",
  "catalog-corrupt": "catalogCorrupt",
  "catalog-busy": "busy",
  "disk-full": "diskFull",
  "folder-read-only": "folderReadOnly",
  "embedder-mismatch": "embedderMismatch",
  "embedder-unavailable": "embedderUnavailable",
  "store-unavailable": "storeUnavailable",
  "vectors-differ": "vectorsDiffer",
  "unreadable-document": "unreadableDocument",
  "invalid-request": "invalidRequest",
  "page-not-built": "pageNotBuilt",
  misconfigured: "misconfigured",
  refused: "refused",
  loading: "stillLoading",
  internal: "internal",
  "broken-off": "brokenOff",
};

/** What went wrong, in the words of the page; as the server says it if its kind is not known here. */
export function adviceOn(error: unknown, say: Say): string {
  if (!(error instanceof ProblemError)) return say("unreachable");
  const known = ADVICE[error.kind];
  return known ? say(known) : error.problem.detail;
}
