import {
  IconAdjustments,
  IconBuildingStore,
  IconClock,
  IconDatabase,
  IconHistory,
  IconKey,
  IconMailShare,
  IconPalette,
  IconPlugConnected,
  IconRadar,
  IconSparkles,
  IconUsers,
  IconWebhook,
} from '@tabler/icons-react'
import { lazy } from 'react'

/** The parts of the settings in their order, each with a path of its own and loaded when it is first opened. */
export const SETTINGS_PARTS = [
  { part: 'shop', icon: IconBuildingStore, Page: lazy(() => import('./shop/ShopPart.tsx')) },
  { part: 'brand', icon: IconPalette, Page: lazy(() => import('./shop/BrandPart.tsx')) },
  { part: 'senders', icon: IconMailShare, Page: lazy(() => import('./senders/SendersPart.tsx')) },
  {
    part: 'connections',
    icon: IconPlugConnected,
    Page: lazy(() => import('./connections/ConnectionsPart.tsx')),
  },
  { part: 'webhooks', icon: IconWebhook, Page: lazy(() => import('./webhooks/WebhooksPart.tsx')) },
  { part: 'keys', icon: IconKey, Page: lazy(() => import('./keys/KeysPart.tsx')) },
  { part: 'tracking', icon: IconRadar, Page: lazy(() => import('./tracking/TrackingPart.tsx')) },
  { part: 'thresholds', icon: IconAdjustments, Page: lazy(() => import('./thresholds/ThresholdsPart.tsx')) },
  { part: 'sending', icon: IconClock, Page: lazy(() => import('./sending/SendingPart.tsx')) },
  {
    part: 'recommendations',
    icon: IconSparkles,
    Page: lazy(() => import('./recommendations/RecommendationsPart.tsx')),
  },
  { part: 'team', icon: IconUsers, Page: lazy(() => import('./TeamPart.tsx')) },
  { part: 'audit', icon: IconHistory, Page: lazy(() => import('./AuditPart.tsx')) },
  { part: 'data', icon: IconDatabase, Page: lazy(() => import('./data/DataPart.tsx')) },
] as const
