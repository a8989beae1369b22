// Something from the server, with what it is now: loading, there, or a problem.

import { useCallback, useEffect, useState } from "react";
import { usePage } from "./page";
import { adviceOn } from "./problems";

export interface Loaded<Value> {
  value: Value | null;
  problem: string;
  reload: () => void;
}

/** What `load` gives; asked again when `load` changes, so wrap it in useCallback. */
export function useLoaded<Value>(load: () => Promise<Value>): Loaded<Value> {
  const { say } = usePage();
  const [value, setValue] = useState<Value | null>(null);
  const [problem, setProblem] = useState("");
  const [asked, setAsked] = useState(0);
  const reload = useCallback(() => setAsked((before) => before + 1), []);

  useEffect(() => {
    let isLatest = true;
    setProblem("");
    load().then(
      (loaded) => isLatest && setValue(loaded),
      (error: unknown) => isLatest && setProblem(adviceOn(error, say)),
    );
    return () => {
      isLatest = false;
    };
  }, [load, asked, say]);

  return { value, problem, reload };
}
