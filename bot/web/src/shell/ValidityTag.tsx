import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  QuestionCircleOutlined,
} from "@ant-design/icons";
import { Tag } from "antd";
import type { ReactNode } from "react";
import type { Validity } from "../api/client";
import { usePage } from "./page";

const LOOKS: Record<Validity, [string, ReactNode]> = {
  in_force: ["success", <CheckCircleOutlined key="icon" />],
  expired: ["error", <CloseCircleOutlined key="icon" />],
  repealed: ["error", <CloseCircleOutlined key="icon" />],
  not_yet: ["warning", <ClockCircleOutlined key="icon" />],
  unknown: ["default", <QuestionCircleOutlined key="icon" />],
};

/** Whether a document is in force: by colour, sign and word. */
export function ValidityTag({ validity, expiresOn }: { validity: Validity; expiresOn?: string | null }) {
  const { say } = usePage();
  const [color, icon] = LOOKS[validity];
  return (
    <Tag color={color} icon={icon} className={`validity ${validity}`}>
      {say(validity)}
      {expiresOn ? `（${say("until", { date: expiresOn })}）` : ""}
    </Tag>
  );
}
