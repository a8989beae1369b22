// The chat page: asks over HTTP, shows the answer as it comes, opens cited clauses in their documents.
// Text of questions and documents enters the page through text nodes only, never as markup.

import { element, place, showAnswer, validityBadge } from "./answer.js";
import { closeDocument, openDocument } from "./document.js";

const conversation = document.getElementById("conversation");
const form = document.getElementById("composer");
const field = document.getElementById("question");
const send = document.getElementById("send");
const newChat = document.getElementById("new-chat");
const welcome = document.getElementById("welcome");

const ADVICE = {
  "no-documents": "还没有收录任何文件。请先运行：clausewise ingest 文件或文件夹",
  "empty-question": "请输入问题。",
  "question-too-long": "问题太长，请缩短后再问。",
  "catalog-busy": "正在收录文件，请稍后再试。",
};

let history = [];
let waiting = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (question && !waiting) ask(question);
});

field.addEventListener("keydown", (event) => {
  // Enter also confirms a word in a Chinese input method; only the Enter after that sends.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

field.addEventListener("input", () => {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
});

newChat.addEventListener("click", () => {
  waiting?.abort();
  history = [];
  conversation.replaceChildren(welcome);
  newChat.hidden = true;
  closeDocument();
  field.focus();
});

async function ask(question, within = {}) {
  welcome.remove();
  newChat.hidden = false;
  field.value = "";
  field.style.height = "auto";
  const asked = element("p", "question", question);
  const reply = element("article", "answer");
  reply.append(element("p", "status", "正在查找条款…"));
  reply.setAttribute("aria-busy", "true");
  conversation.append(asked, reply);
  asked.scrollIntoView({ block: "start", behavior: "smooth" });

  waiting = new AbortController();
  send.disabled = true;
  try {
    await stream({ question, history, ...within }, reply, waiting.signal);
    history.push(question);
  } catch (error) {
    if (error.name !== "AbortError") showProblem(reply, error);
  } finally {
    waiting = null;
    send.disabled = false;
    reply.removeAttribute("aria-busy");
    asked.scrollIntoView({ block: "start", behavior: "smooth" });
  }
}

async function stream(asked, reply, signal) {
  const response = await fetch("api/ask/stream", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(asked),
    signal,
  });
  if (!response.ok) throw await problemOf(response);
  let text = "";
  let done = false;
  for await (const { name, data } of events(response.body)) {
    if (name === "understanding" && data.leans_on_history) {
      reply.replaceChildren(element("p", "status", `理解为：${data.text}`));
    } else if (name === "text") {
      text += data.text;
      reply.replaceChildren(element("div", "text", text));
    } else if (name === "done") {
      done = true;
      showAnswer(reply, data, openDocument, askWithin);
    } else if (name === "problem") {
      throw data;
    }
  }
  if (!done) throw { detail: "回答中断了，请再问一次。" };
}

function askWithin(question, choice) {
  if (!waiting) ask(question, choice.policy_id ? { policy_ids: [choice.policy_id] } : { region: choice.region });
}

async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const [, name] = block.match(/^event: (.*)$/m);
      const [, data] = block.match(/^data: (.*)$/m);
      yield { name, data: JSON.parse(data) };
    }
  }
}

async function problemOf(response) {
  try {
    return await response.json();
  } catch {
    return { detail: `服务器返回 ${response.status}。` };
  }
}

function showProblem(reply, problem) {
  const name = (problem.type ?? "").split(":").pop();
  const text = ADVICE[name] ?? problem.detail ?? "连接不上服务器，请确认它还在运行，然后再试。";
  reply.replaceChildren(element("p", "problem", text));
}

async function showLibrary() {
  const size = document.getElementById("library-size");
  try {
    const response = await fetch("api/policies");
    if (!response.ok) throw await problemOf(response);
    const { policies } = await response.json();
    size.textContent = `已收录 ${policies.length} 份文件`;
    document.getElementById("library").replaceChildren(...policies.map(libraryLine));
    if (!policies.length) throw { type: "no-documents" };
  } catch (problem) {
    const line = element("li");
    line.append(element("p", "problem", ADVICE[(problem.type ?? "").split(":").pop()] ?? problem.detail));
    document.getElementById("library").replaceChildren(line);
  }
}

function libraryLine(policy) {
  const line = element("li");
  const open = element("button", "policy");
  open.type = "button";
  open.append(element("span", "policy-name", place(policy.title, policy.document_number)));
  const facts = element("span", "policy-facts");
  if (policy.region) facts.append(element("span", "", policy.region));
  facts.append(validityBadge(policy.validity, policy.expires_on));
  open.append(facts);
  open.addEventListener("click", () => openDocument({ policyId: policy.policy_id }));
  line.append(open);
  return line;
}

document.getElementById("close-document").addEventListener("click", closeDocument);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDocument();
});
showLibrary();
