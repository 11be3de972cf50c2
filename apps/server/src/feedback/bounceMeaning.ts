/**
 * What a refusal means. `hard`: the address does not work, and nobody writes there again. `soft`: it did not take this
 * mail. `blocked`: the fault is ours, of our reputation, our set-up or this mail; nothing against the address.
 */
export type BounceMeaning = 'hard' | 'soft' | 'blocked'

/** What is known of a refusal; each may be missing. */
export interface Refusal {
  /** The enhanced status code of RFC 3463: `5.1.1`. */
  status?: string | undefined
  /** What the server said: `smtp; 550 5.1.1 <ann@example.com>: no such user`. */
  text?: string | undefined
}

/** Servers come to the point; what looks for words in more costs time. */
const READ_LENGTH = 500

/** No part of an address of the internet: 192.5.1.10 is none. */
const ENHANCED = /(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\w|\.\d)/
/** 5.0.0 and the like say no more than that it failed. */
const SAYS_NOTHING = /^[245]\.0\.\d{1,3}$/

/** X.1.7 and X.1.8 are of the sender's address, although they begin as those of the recipient's do. */
const OUR_ADDRESS: ReadonlySet<string> = new Set(['1.7', '1.8'])
/** Too long, of a kind that is not taken, or not to be carried: this mail, not its recipient. */
const OUR_MAIL: ReadonlySet<string> = new Set(['2.3', '3.4'])

/** Their words are ours, not the recipient's: an address in them is no word. */
const ADDRESSES = /[^\s<>@]{1,64}@[^\s<>@]+/g
const OUR_FAULT =
  /spam|block(?:ed|list)|black ?list|deny ?list|reputation|dmarc|\bspf\b|dkim|policy|unsolicited|bulk|rate limit|greylist|authenticat|content rejected|virus|throttl|prohibit|access denied|not (?:permitted|allowed to send|authori[sz]ed)|starttls|reverse dns|client host/i
/** Words that are a part of many a host's name, too: only where they stand by themselves. */
const OUR_FAULT_IN_WORDS =
  /(?<![\w.-])(?:relay(?:ing|ed)?|senders?|(?:verify|verification|callout) fail(?:ed|ure)?|helo|ehlo|ptr)(?![\w-]|\.\w)/i
const NO_SUCH_ADDRESS =
  /(?:unknown|invalid|no such|non-?existent|inactive|disabled) (?:local )?(?:user|recipient|mailbox|address|account|person)|(?:user|recipient|mailbox|address|account)(?: <[^>]*>| \S+@\S+)? (?:is )?(?:unknown|not found|does not exist|doesn't exist|disabled|inactive|no longer (?:exists|available))|no mailbox here|user unknown|recipient not found/i

/** By the subject and detail of the enhanced status code: what follows the first point. */
function meaningOfCode(subject: number, detail: number): BounceMeaning {
  const code = `${subject}.${detail}`
  if (subject === 7 || subject === 5 || subject === 6) return 'blocked'
  if (OUR_ADDRESS.has(code) || OUR_MAIL.has(code)) return 'blocked'
  // 5.2.1: the mailbox is closed for good; 5.2.2: it is full, which passes.
  return subject === 1 || code === '2.1' ? 'hard' : 'soft'
}

const isOurFault = (text: string) => {
  const words = text.replace(ADDRESSES, '')
  return OUR_FAULT.test(words) || OUR_FAULT_IN_WORDS.test(words)
}

/** What a server says without any code of RFC 3463 that says it: only where the words are plain. */
function meaningOfText(text: string): BounceMeaning {
  if (isOurFault(text)) return 'blocked'
  return NO_SUCH_ADDRESS.test(text) ? 'hard' : 'soft'
}

/** The first enhanced status code in a text, in its parts. */
export const codeIn = (text: string | undefined) => ENHANCED.exec(text ?? '')

/**
 * What a refusal that is final means. A code of the server's own words is closer to the mailbox than the one of the
 * report around it where that says nothing. Where nothing is plain it is soft: an address is only given up for
 * that on several days.
 */
export function bounceMeaningOf({ status, text: whole = '' }: Refusal): BounceMeaning {
  const text = whole.slice(0, READ_LENGTH)
  const stated = codeIn(status)
  const code = stated && !SAYS_NOTHING.test(stated[0]) ? stated : (codeIn(text) ?? stated)
  if (!code || SAYS_NOTHING.test(code[0])) {
    const meaning = meaningOfText(text)
    // What failed for now has not said that there is no such mailbox.
    return code?.[1] === '4' && meaning === 'hard' ? 'soft' : meaning
  }
  const meaning = meaningOfCode(Number(code[2]), Number(code[3]))
  // 5.1.0 and 5.2.0 leave open what it is about the address.
  if (meaning !== 'blocked' && code[3] === '0' && isOurFault(text)) return 'blocked'
  return code[1] === '4' && meaning === 'hard' ? 'soft' : meaning
}
