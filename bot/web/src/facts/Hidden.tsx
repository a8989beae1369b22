import { Alert, Button } from "antd";
import { usePage } from "../shell/page";

/** A filter that is set: how many rows it alone keeps away, and how to take it off. */
export interface Filter {
  label: string;
  count: number;
  takeOff: () => void;
}

/** Says which filters hide rows, and offers to show them. */
export function Hidden({ filters, total, takeAllOff }: { filters: readonly Filter[]; total: number; takeAllOff: () => void }) {
  const { say } = usePage();
  const hiding = filters.filter(({ count }) => count);
  const lines = hiding.length
    ? hiding
    : [{ label: "", count: total, takeOff: takeAllOff }];
  return (
    <>
      {lines.map(({ label, count, takeOff }) => (
        <Alert
          key={label}
          type="info"
          className="hidden-rows"
          title={label ? say("hiddenBy", { filter: label, count }) : say("hiddenByAll", { count })}
          action={
            <Button size="small" onClick={takeOff}>
              {say("showHidden", { count })}
            </Button>
          }
        />
      ))}
    </>
  );
}

/** How many facts are not shown because the text does not prove them. */
export function LeftOut({ count }: { count: number | undefined }) {
  const { say } = usePage();
  return count ? <p className="hint left-out">{say("leftOut", { count })}</p> : null;
}
