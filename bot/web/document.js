// A whole document beside the conversation, with the cited clause marked and in view.

import { element, place, validityBadge } from "./answer.js";

const panel = document.getElementById("document");
const body = document.getElementById("document-text");
const title = document.getElementById("document-title");
const facts = document.getElementById("document-facts");

let openedFrom = null;
let latest = 0;

export function closeDocument() {
  if (panel.hidden) return;
  panel.hidden = true;
  document.body.classList.remove("reading");
  openedFrom?.focus();
}

// A document by `policyId`, or by one of its clauses; start and end count code points of its text.
export async function openDocument({ policyId, clauseId, start, end }) {
  const turn = ++latest;
  if (panel.hidden) openedFrom = document.activeElement;
  panel.hidden = false;
  document.body.classList.add("reading");
  body.replaceChildren(element("p", "status", "正在打开…"));
  try {
    if (!policyId) ({ policy_id: policyId, start, end } = await get(`api/clauses/${encodeURIComponent(clauseId)}`));
    const policy = await get(`api/policies/${encodeURIComponent(policyId)}`);
    if (turn === latest) show(policy, clauseId, start, end);
  } catch (problem) {
    if (turn === latest) body.replaceChildren(element("p", "problem", problem.detail ?? "打不开这份文件。"));
  }
}

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw await response.json();
  return response.json();
}

function show(policy, clauseId, start, end) {
  title.textContent = place(policy.title, policy.document_number);
  const about = [policy.metadata.region, policy.metadata.issuers.join("、"), policy.source];
  facts.replaceChildren(about.filter(Boolean).join(" · "), " ", validityBadge(policy.validity, policy.metadata.expires_on));
  // Offsets count code points, strings of JavaScript count UTF-16 units.
  const characters = Array.from(policy.text);
  body.replaceChildren(...policy.clauses.map((clause) => clauseNode(clause, characters, clauseId, start, end)));
  const target = body.querySelector("mark") ?? body.querySelector(".cited");
  if (target) target.scrollIntoView({ block: "center" });
  else body.scrollTop = 0;
  title.focus({ preventScroll: true });
}

function clauseNode(clause, characters, clauseId, start = -1, end = -1) {
  const node = element("div", `clause ${clause.kind}`);
  node.id = `clause-${clause.clause_id}`;
  node.title = clause.locator;
  if (clause.clause_id === clauseId) node.classList.add("cited");
  const from = Math.min(Math.max(start, clause.start), clause.end);
  const to = Math.min(Math.max(end, from), clause.end);
  const text = (first, last) => characters.slice(first, last).join("");
  node.append(text(clause.start, from));
  if (to > from) node.append(element("mark", "", text(from, to)));
  node.append(text(to, clause.end));
  return node;
}
