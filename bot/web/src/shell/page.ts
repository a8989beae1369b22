// What every part of the page shares: language, documents at hand, and the document that is open.

import { createContext, useContext } from "react";
import type { PolicyLine } from "../api/client";
import type { Language, Say } from "../messages";

/** A document to open: by itself, or at a clause, with a quote marked and the words of it that answer. */
export interface Opened {
  policyId?: string;
  clauseId?: string;
  start?: number;
  end?: number;
  answerStart?: number;
  answerEnd?: number;
}

export interface Page {
  language: Language;
  say: Say;
  policies: PolicyLine[];
  /** Whether the documents have been asked for, and what went wrong then. */
  library: { isLoaded: boolean; problem: string };
  reloadPolicies: () => void;
  open: (document: Opened) => void;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error("a part of the page stands outside of it");
  return page;
}
