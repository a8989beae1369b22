// The typed client of the HTTP interface; schema.d.ts is generated from openapi.json.

import createClient from "openapi-fetch";
import type { components, paths } from "./schema";

type Schemas = components["schemas"];
export type Answer = Schemas["AnswerBody"];
export type AskedQuestion = Partial<Schemas["AskBody"]> & { question: string };
export type Benefit = Schemas["BenefitRow"];
export type Choice = Schemas["ChoiceBody"];
export type Citation = Schemas["CitationBody"];
export type Clause = Schemas["ClauseBody"];
export type Duty = Schemas["DutyRow"];
export type Explained = Schemas["ExplainedAttemptBody"];
export type ExplainedClause = Schemas["ExplainedClauseBody"];
export type Explanation = Schemas["ExplanationBody"];
export type Fitting = Schemas["FittingRow"];
export type Job = Schemas["JobBody"];
export type Note = Schemas["NoteBody"];
export type Policy = Schemas["PolicyBody"];
export type PolicyLine = Schemas["PolicyLine"];
export type Related = Schemas["RelatedBody"];
export type Statement = Schemas["StatementBody"];
export type Target = Schemas["TargetRow"];
export type Told = Schemas["ToldBody"];
export type Understanding = Schemas["UnderstandingBody"];
export type Upload = Schemas["UploadBody"];
export type Validity = Citation["validity"];

/** What the server says went wrong, as RFC 9457 has it. */
export interface Problem {
  type: string;
  status: number;
  detail: string;
}

export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  /** The last part of the problem's type: no-documents, empty-question … */
  get kind(): string {
    return this.problem.type.split(":").pop() ?? "";
  }
}

export const api = createClient<paths>({ baseUrl: base() });

/** The address below which the interface stands: the page may be served under a path. */
export function base(): string {
  return new URL(".", document.baseURI).href.replace(/\/$/, "");
}

/** The data of a response, or a ProblemError. */
export async function read<Data>(
  response: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response: received } = await response;
  if (data === undefined) throw new ProblemError(problemFrom(error, received.status));
  return data;
}

export function problemFrom(body: unknown, status: number): Problem {
  const given = (typeof body === "object" && body !== null ? body : {}) as Partial<Problem>;
  return { type: given.type ?? "", status, detail: given.detail ?? `HTTP ${status}` };
}
