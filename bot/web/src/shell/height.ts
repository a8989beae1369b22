// The height that is left below an element, for tables that draw only the rows in view.

import { useCallback, useEffect, useState } from "react";

const LEAST_HEIGHT = 320;
const BELOW = 24;

export function useHeight(): [(element: HTMLElement | null) => void, number] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [height, setHeight] = useState(LEAST_HEIGHT);
  const measure = useCallback(() => {
    if (element)
      setHeight(Math.max(LEAST_HEIGHT, window.innerHeight - element.getBoundingClientRect().top - BELOW));
  }, [element]);
  useEffect(() => {
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  }, [measure]);
  return [setElement, height];
}
