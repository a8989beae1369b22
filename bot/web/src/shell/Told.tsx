import { usePage } from "./page";
import { isForeign, told } from "./told";

/** What the server says, in the language of the page or marked as another one. */
export function Told({ children }: { children: string }) {
  const { language } = usePage();
  const text = told(children, language);
  return isForeign(text, language) ? <span lang="en">{text}</span> : text;
}
