import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Checkbox, Empty, Input, InputNumber, Segmented, Select, Spin } from "antd";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { api, read } from "../api/client";
import type { Benefit, Fitting } from "../api/client";
import type { Say } from "../messages";
import { useLoaded } from "../shell/loaded";
import { usePage } from "../shell/page";
import { adviceOn } from "../shell/problems";
import { BenefitCards } from "./BenefitCards";
import { BenefitTable } from "./BenefitTable";
import { saveTable, warningOf } from "./exports";
import type { Column } from "./exports";
import { Hidden, LeftOut } from "./Hidden";
import { RegionChoice } from "./RegionChoice";

/** A benefit, and the words of the company it answers to where one told of itself. */
export type Offer = Benefit & { reasons?: Fitting["reasons"] };

/** What is granted: all of it, narrowed by filters or by what a company says of itself. */
export default function MoneyView() {
  const { say } = usePage();
  const [region, setRegion] = useState("");
  const [subject, setSubject] = useState("");
  const [applicants, setApplicants] = useState<string[]>([]);
  const [inForceOnly, setInForceOnly] = useState(true);
  const [least, setLeast] = useState<number | null>(null);
  const [look, setLook] = useState("cards");
  const [company, setCompany] = useState("");
  const [fitting, setFitting] = useState<Fitting[] | null>(null);
  const [problem, setProblem] = useState("");
  const wanted = useDeferredValue(subject.trim());
  const everything = useLoaded(
    useCallback(
      () => read(api.GET("/api/benefits", { params: { query: { region: region || null } } })),
      [region],
    ),
  );

  const narrow = async () => {
    setProblem("");
    try {
      const body = { company, region: region || null };
      setFitting((await read(api.POST("/api/benefits/fitting", { body }))).benefits);
    } catch (error) {
      setProblem(adviceOn(error, say));
    }
  };
  const offers: readonly Offer[] = fitting ?? everything.value?.benefits ?? [];
  const tests = useMemo(
    () => [
      (offer: Offer) => !inForceOnly || offer.validity === "in_force" || offer.validity === "unknown",
      (offer: Offer) => !wanted || textOf(offer).includes(wanted),
      (offer: Offer) => !applicants.length || applicants.some((chosen) => isFor(offer, chosen)),
      (offer: Offer) => least === null || (offer.amount_yuan ?? 0) >= least,
    ],
    [wanted, applicants, inForceOnly, least],
  );
  const shown = useMemo(() => offers.filter((offer) => tests.every((test) => test(offer))), [offers, tests]);
  // What one filter alone keeps away: all the others let it through.
  const alone = useMemo(
    () =>
      tests.map(
        (test) => offers.filter((offer) => !test(offer) && tests.every((each) => each === test || each(offer))).length,
      ),
    [offers, tests],
  );
  const filters = [
    { label: say("inForceOnly"), takeOff: () => setInForceOnly(false) },
    { label: say("subject"), takeOff: () => setSubject("") },
    { label: say("applicantKind"), takeOff: () => setApplicants([]) },
    { label: say("atLeast"), takeOff: () => setLeast(null) },
  ].map((filter, place) => ({ ...filter, count: alone[place] ?? 0 }));

  return (
    <section className="facts">
      <h2>{say("money")}</h2>
      <p className="hint">{say("moneyHint")}</p>
      <form
        className="company"
        onSubmit={(event) => {
          event.preventDefault();
          if (company.trim()) void narrow();
        }}
      >
        <Input.TextArea
          aria-label={say("companyLabel")}
          placeholder={say("company")}
          autoSize={{ minRows: 1, maxRows: 5 }}
          maxLength={2000}
          value={company}
          onChange={(event) => setCompany(event.target.value)}
        />
        <Button type="primary" htmlType="submit" disabled={!company.trim()}>
          {say("narrow")}
        </Button>
        {fitting && <Button onClick={() => setFitting(null)}>{say("showAll")}</Button>}
      </form>
      <div className="filters">
        <RegionChoice
          value={region}
          onChange={(chosen) => {
            setRegion(chosen);
            setFitting(null);
          }}
        />
        <Input.Search
          allowClear
          aria-label={say("subject")}
          placeholder={say("subject")}
          className="text-filter"
          value={subject}
          onChange={(event) => setSubject(event.target.value)}
        />
        <Select
          mode="multiple"
          allowClear
          maxTagCount={1}
          aria-label={say("applicantKind")}
          placeholder={say("applicantKind")}
          className="applicant-choice"
          value={applicants}
          options={applicantOptions(offers, say)}
          onChange={setApplicants}
        />
        <InputNumber
          aria-label={say("atLeast")}
          placeholder={say("atLeast")}
          className="least"
          min={0}
          step={10_000}
          value={least}
          onChange={setLeast}
        />
        <Checkbox checked={inForceOnly} onChange={(event) => setInForceOnly(event.target.checked)}>
          {say("inForceOnly")}
        </Checkbox>
        <Segmented
          aria-label={`${say("cards")} / ${say("table")}`}
          value={look}
          options={[
            { value: "cards", label: say("cards") },
            { value: "table", label: say("table") },
          ]}
          onChange={setLook}
        />
        <span className="count" role="status">
          {say("rows", { count: shown.length })}
        </span>
        <Button
          icon={<DownloadOutlined aria-hidden />}
          disabled={!shown.length}
          onClick={() => void saveTable(shown, exported(say), say("money"))}
        >
          {say("exportTable")}
        </Button>
      </div>
      {(problem || everything.problem) && (
        <Alert type="warning" showIcon title={problem || everything.problem} />
      )}
      {fitting && <Alert type="info" className="fits" showIcon title={say("fits", { count: fitting.length })} />}
      {!everything.value && !everything.problem && <Spin className="loading" />}
      <LeftOut count={everything.value?.left_out} />
      {offers.length > shown.length && (
        <Hidden
          filters={filters}
          total={offers.length - shown.length}
          takeAllOff={() => filters.forEach(({ takeOff }) => takeOff())}
        />
      )}
      {everything.value && !shown.length && (
        <Empty description={say(offers.length ? "noneShown" : "noBenefits")} />
      )}
      {shown.length > 0 &&
        (look === "cards" ? <BenefitCards offers={shown} /> : <BenefitTable offers={shown} />)}
    </section>
  );
}

function textOf(offer: Offer): string {
  return [offer.purpose, offer.applicant, offer.condition, offer.payer, offer.policy_title, offer.quote].join(
    "\n",
  );
}

// Beside the names that documents print; no document prints these.
const KINDS = ["enterprise", "person", "organisation", "anyApplicant"] as const;
type Kind = (typeof KINDS)[number];

function isFor(offer: Offer, chosen: string): boolean {
  const kind = KINDS.find((each) => each === chosen);
  return kind ? isOfKind(offer, kind) : offer.applicant === chosen;
}

function isOfKind({ applicant_kinds: kinds }: Offer, wanted: Kind): boolean {
  return wanted === "anyApplicant" ? !kinds.length : kinds.includes(wanted);
}

function applicantOptions(offers: readonly Offer[], say: Say) {
  const kinds = KINDS.map((kind) => ({
    value: kind as string,
    label: `${say(kind)}（${offers.filter((offer) => isOfKind(offer, kind)).length}）`,
  }));
  return [
    { label: say("byKind"), options: kinds },
    {
      label: say("byName"),
      options: commonest(offers).map((each) => ({ value: each, label: each })),
    },
  ];
}

function commonest(offers: readonly Offer[]): string[] {
  const counts = new Map<string, number>();
  for (const { applicant } of offers) if (applicant) counts.set(applicant, (counts.get(applicant) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([applicant]) => applicant);
}

function exported(say: Say): Column<Offer>[] {
  return [
    { title: say("region"), value: (row) => row.region },
    { title: say("applicant"), value: (row) => row.applicant, width: 30 },
    { title: say("purpose"), value: (row) => row.purpose, width: 30 },
    { title: say("amount"), value: (row) => row.amount },
    { title: say("cap"), value: (row) => row.cap },
    { title: say("condition"), value: (row) => row.condition, width: 40 },
    { title: say("payer"), value: (row) => row.payer, width: 24 },
    { title: say("becauseOf"), value: (row) => row.reasons?.join("、") },
    { title: say("validity"), value: (row) => say(row.validity) },
    { title: say("expiresOn"), value: (row) => row.expires_on },
    { title: say("toCheck"), value: (row) => warningOf(row, say), width: 40 },
    { title: say("document"), value: (row) => row.policy_title, width: 40 },
    { title: say("number"), value: (row) => row.document_number },
    { title: say("clause"), value: (row) => row.locator },
    { title: say("quote"), value: (row) => row.quote, width: 60 },
  ];
}
