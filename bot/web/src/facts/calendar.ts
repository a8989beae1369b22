// A calendar of whole days as RFC 5545 has it, for Outlook, a phone and others.

export interface Entry {
  /** What stays the same if the entry is exported again. */
  identity: readonly string[];
  /** 2026-06-30 */
  day: string;
  title: string;
  description: string;
}

const FULL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
/** Section 3.1: octets, not characters, and without the line break. */
const LINE_OCTETS = 75;
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const encoder = new TextEncoder();

/** The calendar as text; an entry without a full date is left out. */
export function calendarOf(entries: readonly Entry[], name: string, now: Date): string {
  const stamp = `${now.toISOString().replace(/[-:]/g, "").slice(0, 15)}Z`;
  const uids = new Set<string>();
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Clausewise//Deadlines//EN",
    "CALSCALE:GREGORIAN",
    `X-WR-CALNAME:${escaped(name)}`,
    ...entries.flatMap((entry) => linesOf(entry, stamp, uids)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function linesOf(entry: Entry, stamp: string, uids: Set<string>): string[] {
  const days = daysOf(entry.day);
  if (!days) return [];
  return [
    "BEGIN:VEVENT",
    `UID:${uidOf(entry, uids)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${days[0]}`,
    `DTEND;VALUE=DATE:${days[1]}`,
    `SUMMARY:${escaped(entry.title)}`,
    `DESCRIPTION:${escaped(entry.description)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** The day and the one after it, which the entry no longer covers. */
function daysOf(day: string): [string, string] | null {
  if (!FULL_DATE.test(day)) return null;
  const start = new Date(`${day}T00:00:00Z`);
  // A day that no month has, such as 30 February, is read as one of the next month.
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return null;
  const end = new Date(start);
  end.setUTCDate(end.getUTCDate() + 1);
  return [compact(start), compact(end)];
}

function compact(date: Date): string {
  return date.toISOString().slice(0, 10).replace(/-/g, "");
}

/** The same for the same entry in every export, so that importing again changes it and adds none. */
function uidOf({ identity, day }: Entry, uids: Set<string>): string {
  let uid = `${hashOf(identity)}@clausewise`;
  // The same task of one clause with two deadlines makes two entries.
  for (let again = 1; uids.has(uid); again++) uid = `${hashOf([...identity, day, `${again}`])}@clausewise`;
  uids.add(uid);
  return uid;
}

/** FNV-1a over 128 bits; the digests of the browser need https. */
function hashOf(parts: readonly string[]): string {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const octet of encoder.encode(JSON.stringify(parts))) {
    hash = BigInt.asUintN(128, (hash ^ BigInt(octet)) * 0x1000000000000000000013bn);
  }
  return hash.toString(16).padStart(32, "0");
}

/** Section 3.3.11. */
function escaped(text: string): string {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(NO_TEXT, "")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n");
}

/** The line cut into pieces of 75 octets between characters; the space that starts a piece counts. */
function folded(line: string): string {
  const pieces = [""];
  let octets = 0;
  for (const character of line) {
    const more = encoder.encode(character).length;
    if (octets + more > LINE_OCTETS) {
      pieces.push("");
      octets = 1;
    }
    pieces[pieces.length - 1] += character;
    octets += more;
  }
  return pieces.join("\r\n ");
}
