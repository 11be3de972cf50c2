import { createCounter } from '@ciclo/engine'
import type { HomeWords, Moved } from './homeWords.ts'

const count = createCounter('en')

const customers = count({ one: '# customer', other: '# customers' })
const mails = count({ one: '# mail', other: '# mails' })
const inputs = count({ one: '# event', other: '# events' })

const spent = ({ people, spend }: Moved) =>
  spend === null ? '' : `; ${people === 1 ? 'that customer' : 'they'} spent ${spend} in the last year`

const who = ({ names, people }: Moved) => names ?? customers(people)
const have = ({ people }: Moved) => (people === 1 ? 'has' : 'have')

export const homeWordsEn: HomeWords = {
  empty: 'Nothing has come in yet. The set-up guide leads from here to your first event and your first mail.',
  counting: 'Your customers are being counted. This takes a moment the first time.',
  sound: 'Nothing is broken.',
  calm: 'It is a quiet week: nobody has changed stage.',
  late: (number, ago) =>
    `${mails(number)} should have left ${ago} and ${number === 1 ? 'is' : 'are'} still here`,
  stopped: (sender) => `The sender “${sender}” has been stopped and its mails are waiting`,
  silent: (hours) => `Nothing has come in for ${hours}, which is unusual for your shop`,
  parked: (number) =>
    `${inputs(number)} could not be processed and ${number === 1 ? 'waits' : 'wait'} for you`,
  failing: (job) => `The job “${job}” keeps failing`,
  more: count({ one: '; # more thing needs a look', other: '; # more things need a look' }),
  hoursAgo: count({ one: 'an hour ago', other: '# hours ago' }),
  daysAgo: count({ one: 'a day ago', other: '# days ago' }),
  hours: count({ one: 'an hour', other: '# hours' }),
  days: count({ one: 'a day', other: '# days' }),
  atRisk: (moved) => `${who(moved)} passed their limit this week${spent(moved)}.`,
  lapsed: (moved) => `${who(moved)} ${have(moved)} lapsed this week${spent(moved)}.`,
  reactivated: (moved) => `${who(moved)} came back this week${spent(moved)}.`,
  first: (moved) => `${who(moved)} ordered for the first time this week.`,
  prospect: (moved) => `${who(moved)} left an address this week, without an order so far.`,
  stages: {
    visitor: 'Visitor',
    prospect: 'Prospect',
    new: 'New',
    active: 'Active',
    reactivated: 'Reactivated',
    atRisk: 'At risk',
    lapsed: 'Lapsed',
    lost: 'Lost',
  },
  journeys: {
    welcome: 'Welcome',
    'second-purchase': 'Second order',
    'at-risk': 'About to leave',
    'win-back': 'Win back',
  },
  tasks: {
    empty: {
      title: 'Connect your shop',
      text: 'Put the tracker into your shop, import past orders and send a test mail. It takes a quarter of an hour.',
      action: 'Open the set-up guide',
    },
    late: (number) => ({
      title: `${mails(number)} ${number === 1 ? 'is' : 'are'} stuck`,
      text: 'Either the mail server does not answer or the server that sends has stopped. See what was said last.',
      action: 'Look at the queue',
    }),
    stopped: (sender, reason) => ({
      title: `Find out why “${sender}” was stopped`,
      text: `Its mails wait until you let them go on. The reason: ${reason}.`,
      action: 'Open the sender',
    }),
    silent: (hours) => ({
      title: 'Check the connection to your shop',
      text: `No event for ${hours}. Has a release removed the tracker, or was a key revoked?`,
      action: 'Check the connection',
    }),
    parked: (number) => ({
      title: `${inputs(number)} could not be processed`,
      text: 'Nothing is lost: they are kept and can be tried again once the cause is fixed.',
      action: 'Look at them',
    }),
    address: {
      title: 'Tell customers where your shop is',
      text: 'The law asks for a postal address in marketing mail. Yours has none yet.',
      action: 'Add the address',
    },
    records: (sender, records) => ({
      title: `Fix the DNS records of “${sender}”`,
      text: `${records} is not as receivers expect it. Until it is, mail may land in spam.`,
      action: 'See what to publish',
    }),
    journey: (people, stage, journey) => ({
      title: `Switch on “${journey}”`,
      text: `${customers(people)} became “${stage}” in the last 28 days and heard nothing from you.`,
      action: 'Switch it on',
    }),
    atRisk: (people) => ({
      title: `Win over ${customers(people)} before they lapse`,
      text: 'They have waited longer than they usually do between two orders.',
      action: 'See who they are',
    }),
    lapsed: (people) => ({
      title: `Bring back ${customers(people)}`,
      text: 'They lapsed in the last 28 days. The sooner somebody hears from you, the likelier they return.',
      action: 'See who they are',
    }),
    pending: (people) => ({
      title: `${customers(people)} still ${people === 1 ? 'has' : 'have'} to confirm`,
      text: 'They asked for your newsletter and have not pressed the button in the mail. Is it landing in spam?',
      action: 'See who they are',
    }),
  },
  mail: {
    subject: (shop, day) => `${shop}: your week to ${day}`,
    toDo: 'To do',
    nothingToDo: 'There is nothing that needs you.',
    money: 'Money',
    revenue: 'Revenue',
    attributed: 'After a click on a mail',
    days: count({ one: 'Last day', other: 'Last # days' }),
    before: 'Before',
    customers: 'Customers',
    thisWeek: 'Mail this week',
    sent: count({ one: '# sent', other: '# sent' }),
    clicks: count({ one: '# click by a person', other: '# clicks by people' }),
    complaints: count({ one: '# complaint', other: '# complaints' }),
    unsubscribes: count({ one: '# unsubscribed', other: '# unsubscribed' }),
    planned: count({ one: '# planned for the next seven days', other: '# planned for the next seven days' }),
    stake: (money) => `${money} a year at stake`,
    open: 'Open Ciclo',
    why: 'You get this every Monday because you own this shop in Ciclo.',
    settings: 'Switch it off in the settings',
    change: (difference) => `${difference} in 28 days`,
  },
}
