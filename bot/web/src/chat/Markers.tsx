// Text of an answer as nodes: nothing of it ever becomes markup.

import type { ReactNode } from "react";
import type { Citation } from "../api/client";
import { sourceOf } from "../shell/source";

const PIECES = /(\[\d+\]|\*\*[^*]+\*\*)/;

interface Settings {
  text: string;
  citations: ReadonlyMap<number, Citation>;
  onOpen: (citation: Citation) => void;
}

/** A line of an answer with its markers as buttons and its emphasis. */
export function Line({ text, citations, onOpen }: Settings): ReactNode {
  return text.split(PIECES).map((piece, place) => {
    const number = /^\[(\d+)\]$/.exec(piece)?.[1];
    const citation = number ? citations.get(Number(number)) : undefined;
    if (citation) return <Marker key={place} citation={citation} onOpen={onOpen} />;
    const strong = /^\*\*([^*]+)\*\*$/.exec(piece)?.[1];
    return strong ? <strong key={place}>{strong}</strong> : <span key={place}>{piece}</span>;
  });
}

export function Marker({ citation, onOpen }: { citation: Citation; onOpen: (citation: Citation) => void }) {
  return (
    <button
      type="button"
      className={`marker ${citation.validity}`}
      aria-label={`[${citation.marker}] ${sourceOf(citation)}`}
      title={sourceOf(citation)}
      onClick={() => onOpen(citation)}
    >
      {citation.marker}
    </button>
  );
}
