import { Tree } from "antd";
import type { TreeDataNode } from "antd";
import { useMemo } from "react";
import type { Clause, Policy } from "../api/client";
import { usePage } from "../shell/page";

const HEIGHT = 420;

/** The clauses of a document below the headings they stand under, with their places. */
export function ClauseTree({ policy }: { policy: Policy }) {
  const { say } = usePage();
  const roots = useMemo(() => treeOf(policy.clauses), [policy]);
  return (
    <Tree
      aria-label={say("preview")}
      className="clause-tree"
      defaultExpandAll
      selectable={false}
      height={HEIGHT}
      treeData={roots}
    />
  );
}

function treeOf(clauses: readonly Clause[]): TreeDataNode[] {
  const roots: TreeDataNode[] = [];
  const nodes = new Map<string, TreeDataNode & { children: TreeDataNode[] }>();
  for (const clause of clauses) {
    const node = {
      key: clause.clause_id,
      // 第二条 begins with its own name; a paragraph does not.
      title: clause.text.startsWith(clause.locator) ? clause.text : `${clause.locator} · ${clause.text}`,
      children: [],
    };
    nodes.set(clause.clause_id, node);
    const parent = clause.parent_id ? nodes.get(clause.parent_id) : undefined;
    (parent?.children ?? roots).push(node);
  }
  return roots;
}
