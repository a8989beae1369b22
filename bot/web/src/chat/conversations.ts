// Conversations, kept in the browser alone.

import { useCallback, useMemo, useState } from "react";
import type { Answer, AskedQuestion, Choice } from "../api/client";
import { useStored } from "../shell/stored";

export interface Turn {
  id: string;
  question: string;
  /** What the question was narrowed to when the answer asked back. */
  within?: Pick<Choice, "policy_id" | "region">;
  /** The answer as it comes, before it is complete. */
  partial?: string;
  answer?: Answer;
  problem?: string;
  rated?: "up" | "down";
}

export interface Conversation {
  id: string;
  turns: Turn[];
}

const MOST_CONVERSATIONS = 40;
const KEPT_IN_HISTORY = 20;

export interface Conversations {
  all: Conversation[];
  current: Conversation;
  choose: (id: string) => void;
  start: () => void;
  remove: (id: string) => void;
  change: (id: string, turns: (turns: Turn[]) => Turn[]) => void;
}

/** What the server is asked, behind these questions of the conversation. */
export function requestFor(
  question: string,
  history: readonly string[],
  within: Turn["within"],
): AskedQuestion {
  return {
    question,
    history: history.slice(-KEPT_IN_HISTORY),
    region: within?.region ?? null,
    policy_ids: within?.policy_id ? [within.policy_id] : [],
  };
}

export function newId(): string {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
}

/** The conversations of this browser and the one that is shown. */
export function useConversations(
  live: Conversation[],
  setLive: (change: (live: Conversation[]) => Conversation[]) => void,
): Conversations {
  const [firstId] = useState(newId);
  const [currentId, setCurrentId] = useStored("conversation", firstId);
  const current = useMemo(
    () => live.find((each) => each.id === currentId) ?? { id: currentId, turns: [] },
    [live, currentId],
  );
  const change = useCallback(
    (id: string, turns: (turns: Turn[]) => Turn[]) => {
      setCurrentId(id);
      setLive((before) => {
        const found = before.find((each) => each.id === id);
        const changed = { id, turns: turns(found?.turns ?? []) };
        return [changed, ...before.filter((each) => each.id !== id)].slice(0, MOST_CONVERSATIONS);
      });
    },
    [setCurrentId, setLive],
  );
  const start = useCallback(() => setCurrentId(newId()), [setCurrentId]);
  const remove = useCallback(
    (id: string) => setLive((before) => before.filter((each) => each.id !== id)),
    [setLive],
  );
  return { all: live, current, choose: setCurrentId, start, remove, change };
}
