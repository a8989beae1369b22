// An answer as nodes: its text with markers, its quotes as cards, clauses that are only near.

const VALIDITY = {
  in_force: ["现行有效", "good"],
  expired: ["已过有效期", "bad"],
  repealed: ["已废止", "bad"],
  not_yet: ["尚未施行", "warn"],
  unknown: ["有效期未写明", "plain"],
};

export function element(tag, className = "", text = "") {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function place(title, documentNumber) {
  return documentNumber ? `《${title}》（${documentNumber}）` : `《${title}》`;
}

export function validityBadge(validity, expiresOn) {
  const [label, tone] = VALIDITY[validity] ?? [validity, "plain"];
  return element("span", `badge ${tone}`, expiresOn ? `${label}（至 ${expiresOn}）` : label);
}

export function showAnswer(reply, answer, openDocument, askAgain) {
  const cards = new Map(answer.citations.map((citation) => [citation.marker, card(citation, openDocument)]));
  const parts = [formatted(answer.choices.length ? answer.text.split("\n")[0] : answer.text, cards)];
  if (cards.size) parts.push(element("h3", "", "引用条款"), ...cards.values());
  if (answer.related.length) {
    parts.push(element("h3", "", "相近条款（不作为回答依据）"));
    parts.push(...answer.related.map((related) => relatedCard(related, openDocument)));
  }
  if (answer.choices.length) parts.push(choiceButtons(answer, askAgain));
  reply.replaceChildren(...parts);
}

function choiceButtons(answer, askAgain) {
  const row = element("div", "choices");
  for (const choice of answer.choices) {
    const button = element("button", "choice", choice.label);
    button.type = "button";
    button.addEventListener("click", () => askAgain(answer.question, choice));
    row.append(button);
  }
  return row;
}

function formatted(text, cards) {
  const body = element("div", "text");
  let list = null;
  for (const line of text.split("\n")) {
    const item = line.match(/^\s*[-*•]\s+(.*)$/);
    if (item) {
      list ??= body.appendChild(element("ul"));
      list.append(withMarkers(element("li"), item[1], cards));
    } else {
      list = null;
      if (line.trim()) body.append(withMarkers(element("p"), line, cards));
    }
  }
  return body;
}

function withMarkers(parent, line, cards) {
  for (const piece of line.split(/(\[\d+\]|\*\*[^*]+\*\*)/)) {
    const marker = piece.match(/^\[(\d+)\]$/);
    const target = marker && cards.get(Number(marker[1]));
    if (target) {
      const button = element("button", "marker", marker[1]);
      button.type = "button";
      button.setAttribute("aria-label", `引用 ${marker[1]}`);
      button.addEventListener("click", () => target.querySelector(".open").click());
      parent.append(button);
    } else if (/^\*\*[^*]+\*\*$/.test(piece)) {
      parent.append(element("strong", "", piece.slice(2, -2)));
    } else {
      parent.append(piece);
    }
  }
  return parent;
}

function card(citation, openDocument) {
  const made = element("section", "card");
  const head = element("header");
  head.append(
    element("span", "number", String(citation.marker)),
    element("span", "source", place(citation.policy_title, citation.document_number)),
    element("span", "locator", citation.locator),
    validityBadge(citation.validity, citation.expires_on),
  );
  const open = opener("在全文中查看", () =>
    openDocument({
      policyId: citation.policy_id,
      clauseId: citation.clause_id,
      start: citation.start,
      end: citation.end,
    }),
  );
  made.append(head, element("blockquote", "", citation.quote), open);
  return made;
}

function relatedCard(related, openDocument) {
  const made = element("section", "card near");
  const head = element("header");
  head.append(
    element("span", "source", `《${related.policy_title}》`),
    element("span", "locator", related.locator),
    validityBadge(related.validity, related.expires_on),
  );
  made.append(head, element("p", "snippet", related.snippet));
  made.append(opener("在全文中查看", () => openDocument({ clauseId: related.clause_id })));
  return made;
}

function opener(label, act) {
  const button = element("button", "open", label);
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}
