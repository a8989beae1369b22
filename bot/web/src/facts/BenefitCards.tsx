import { Button, Card, Tag } from "antd";
import { useState } from "react";
import type { Key } from "../messages";
import { usePage } from "../shell/page";
import { titled } from "../shell/source";
import { ValidityTag } from "../shell/ValidityTag";
import { ClauseLink } from "./ClauseLink";
import { warningOf } from "./exports";
import type { Offer } from "./MoneyView";

// A browser lays out a few dozen cards at once; the rest comes when it is asked for.
const AT_ONCE = 30;

/** A card a benefit: the amount first, then for whom, what for and on which condition. */
export function BenefitCards({ offers }: { offers: readonly Offer[] }) {
  const { say } = usePage();
  const [count, setCount] = useState(AT_ONCE);
  return (
    <>
      <ul className="cards">
        {offers.slice(0, count).map((offer) => (
          <li key={offer.fact_id}>
            <BenefitCard offer={offer} />
          </li>
        ))}
      </ul>
      {offers.length > count && (
        <Button block onClick={() => setCount(count + AT_ONCE)}>
          {say("more")}（{offers.length - count}）
        </Button>
      )}
    </>
  );
}

function BenefitCard({ offer }: { offer: Offer }) {
  const { say } = usePage();
  const lines: [Key, string | null][] = [
    ["applicant", offer.applicant],
    ["purpose", offer.purpose],
    ["cap", offer.cap],
    ["condition", offer.condition === offer.purpose ? null : offer.condition],
    ["payer", offer.payer],
    ["times", offer.times],
    ["expiresOn", offer.expires_on],
  ];
  return (
    <Card size="small" className={`benefit ${offer.validity}`}>
      <h3>{offer.amount ?? offer.cap ?? offer.purpose}</h3>
      {offer.reasons && offer.reasons.length > 0 && (
        <p className="reasons">
          {say("because")}
          {offer.reasons.map((reason) => (
            <Tag key={reason} color="blue">
              {reason}
            </Tag>
          ))}
        </p>
      )}
      <dl>
        {lines.map(
          ([key, value]) =>
            value && (
              <div key={key}>
                <dt>{say(key)}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {offer.expires_with && <p className="to-check">{warningOf(offer, say)}</p>}
      <blockquote>{offer.quote}</blockquote>
      <footer>
        <span>
          {offer.region && <strong>{offer.region} </strong>}
          {titled(offer.policy_title, offer.document_number)}
        </span>
        <ClauseLink row={offer} />
        <ValidityTag validity={offer.validity} />
      </footer>
    </Card>
  );
}
