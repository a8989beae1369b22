// Where the page is: #/chat, #/unit?region=…, kept in the address so that views can be linked to.

import { useCallback, useSyncExternalStore } from "react";

export const VIEWS = ["chat", "unit", "money", "documents"] as const;
export type View = (typeof VIEWS)[number];

export interface Place {
  view: View;
  search: URLSearchParams;
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
}

function placeFrom(hash: string): Place {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?");
  const view = VIEWS.find((each) => each === path) ?? "chat";
  return { view, search: new URLSearchParams(search) };
}

export function usePlace(): [Place, (view: View, search?: Record<string, string>) => void] {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const go = useCallback((view: View, search: Record<string, string> = {}) => {
    const filled = Object.entries(search).filter(([, value]) => value);
    const query = new URLSearchParams(filled).toString();
    window.location.hash = `/${view}${query ? `?${query}` : ""}`;
  }, []);
  return [placeFrom(hash), go];
}
