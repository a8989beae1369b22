interface Sourced {
  policy_title: string;
  document_number?: string | null;
  locator: string;
}

/** 《title》（number） */
export function titled(title: string, number?: string | null): string {
  return number ? `《${title}》（${number}）` : `《${title}》`;
}

/** 《title》（number）二、(七) */
export function sourceOf({ policy_title, document_number, locator }: Sourced): string {
  return titled(policy_title, document_number) + locator;
}
