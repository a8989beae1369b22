// An answer as it comes: POST /api/ask/stream, read as server-sent events.

import { base, problemFrom, ProblemError } from "./client";
import type { Answer, AskedQuestion, Problem, Told, Understanding } from "./client";

export type Step =
  | { name: "understanding"; data: Understanding }
  | { name: "statement"; data: Told }
  | { name: "text"; data: { text: string } }
  | { name: "done"; data: Answer };

type Received = Step | { name: "problem"; data: Problem } | { name: "citations"; data: unknown };

/** The steps of one answer; throws ProblemError where the server refuses or breaks off. */
export async function* ask(asked: AskedQuestion, signal: AbortSignal): AsyncGenerator<Step> {
  const response = await fetch(`${base()}/api/ask/stream`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (!response.ok || !response.body) {
    throw new ProblemError(problemFrom(await response.json().catch(() => null), response.status));
  }
  let finished = false;
  for await (const event of events(response.body)) {
    if (event.name === "problem") throw new ProblemError(event.data);
    if (event.name === "citations") continue;
    finished ||= event.name === "done";
    yield event;
  }
  if (!finished) throw new ProblemError({ type: "broken-off", status: 0, detail: "" });
}

async function* events(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Received> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const name = /^event: (.*)$/m.exec(block)?.[1];
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (name && data) yield { name, data: JSON.parse(data) } as Received;
    }
  }
}
