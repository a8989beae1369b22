// A value that outlasts the page, kept in the browser.

import { useCallback, useState } from "react";

export function useStored<Value>(name: string, initial: Value): [Value, (value: Value) => void] {
  const key = `clausewise.${name}`;
  const [value, setValue] = useState<Value>(() => {
    try {
      const kept = localStorage.getItem(key);
      return kept === null ? initial : (JSON.parse(kept) as Value);
    } catch {
      return initial;
    }
  });
  const keep = useCallback(
    (next: Value) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A browser that keeps nothing still shows the page.
      }
    },
    [key],
  );
  return [value, keep];
}
