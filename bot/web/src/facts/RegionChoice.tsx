import { Select } from "antd";
import { useCallback } from "react";
import { api, read } from "../api/client";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";

/** The regions that documents have; empty means all of them. */
export function RegionChoice({ value, onChange }: { value: string; onChange: (region: string) => void }) {
  const { say, policies } = usePage();
  const regions = useLoaded(
    // Documents that come or go change the regions.
    useCallback(() => read(api.GET("/api/regions", {})), [policies]),
  );
  return (
    <Select
      showSearch
      aria-label={say("region")}
      className="region-choice"
      value={value}
      options={[
        { value: "", label: say("allRegions") },
        ...(regions.value?.regions ?? []).map((each) => ({
          value: each.region,
          label: `${each.region}（${each.policies}）`,
        })),
      ]}
      onChange={onChange}
    />
  );
}
