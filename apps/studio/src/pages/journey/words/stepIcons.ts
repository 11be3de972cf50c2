import {
  IconArrowsSplit2,
  IconCalendarEvent,
  IconClockHour4,
  IconDice3,
  IconFlag,
  IconHourglass,
  IconLink,
  IconMail,
  IconPencil,
  IconPlayerPlay,
  IconPlayerStop,
  IconSunset2,
  IconTicket,
} from '@tabler/icons-react'
import type { StepKind } from '../model/newStep.ts'

/** How each kind of step looks. */
export const STEP_ICONS = {
  send: IconMail,
  delay: IconClockHour4,
  wait: IconHourglass,
  branch: IconArrowsSplit2,
  split: IconDice3,
  until: IconSunset2,
  untilDate: IconCalendarEvent,
  coupon: IconTicket,
  update: IconPencil,
  webhook: IconLink,
  startJourney: IconPlayerPlay,
  endJourney: IconPlayerStop,
  end: IconFlag,
} as const satisfies Record<StepKind, unknown>
