import type { createBackupRoutes } from './routes/backupRoutes.ts'
import type { createAccessRoutes } from './routes/accessRoutes.ts'
import type { createAuditRoutes } from './routes/auditRoutes.ts'
import type { createCampaignRoutes } from './routes/campaignRoutes.ts'
import type { createConsentRoutes } from './routes/consentRoutes.ts'
import type { createConnectionRoutes } from './routes/connectionRoutes.ts'
import type { createCouponRoutes } from './routes/couponRoutes.ts'
import type { createCustomerJourneyRoutes } from './routes/customerJourneyRoutes.ts'
import type { createCustomerPageRoutes } from './routes/customerPageRoutes.ts'
import type { createCustomerRoutes } from './routes/customerRoutes.ts'
import type { createCustomerSearchRoutes } from './routes/customerSearchRoutes.ts'
import type { createDataRightsRoutes } from './routes/dataRightsRoutes.ts'
import type { createGapRoutes } from './routes/gapRoutes.ts'
import type { createGuideRoutes } from './routes/guideRoutes.ts'
import type { createIdentityKeyRoutes } from './routes/identityKeyRoutes.ts'
import type { createImageRoutes } from './routes/imageRoutes.ts'
import type { createImportRoutes } from './routes/importRoutes.ts'
import type { createHomeRoutes } from './routes/homeRoutes.ts'
import type { createInsightRoutes } from './routes/insightRoutes.ts'
import type { createJourneyRoutes } from './routes/journeyRoutes.ts'
import type { createKeyRoutes } from './routes/keyRoutes.ts'
import type { createMessageRoutes } from './routes/messageRoutes.ts'
import type { createJourneyRunRoutes, createRunRoutes } from './routes/runRoutes.ts'
import type { createOnsiteRoutes } from './routes/onsiteRoutes.ts'
import type { createParkedRoutes } from './routes/parkedRoutes.ts'
import type { createPullRoutes } from './routes/pullRoutes.ts'
import type { createRecommendationRoutes } from './routes/recommendationRoutes.ts'
import type { createReportRoutes } from './routes/reportRoutes.ts'
import type { createSegmentRoutes } from './routes/segmentRoutes.ts'
import type { createSenderRoutes } from './routes/senderRoutes.ts'
import type { createSessionRoutes } from './routes/sessionRoutes.ts'
import type { createSettingsApiRoutes } from './routes/settingsApiRoutes.ts'
import type { createSubscriptionRoutes } from './routes/subscriptionRoutes.ts'
import type { createSuppressionRoutes } from './routes/suppressionRoutes.ts'
import type { createSignInRoutes } from './routes/signInRoutes.ts'
import type { createTeamRoutes } from './routes/teamRoutes.ts'
import type { createTemplateRoutes } from './routes/templateRoutes.ts'
import type { createTryRoutes } from './routes/tryRoutes.ts'
import type { createWebhookRoutes } from './routes/webhookRoutes.ts'

// What the studio knows of the server: the types of its routes, by which Hono's client asks and reads them.
export type { Role } from './access/role.ts'
export type { BacktestResult } from './routes/backtestSchemas.ts'
export type { TryAnswer, TryRequest } from './routes/trySchemas.ts'
export type BackupApi = ReturnType<typeof createBackupRoutes>
export type { Campaign } from './campaigns/campaign.ts'
export type AccessApi = ReturnType<typeof createAccessRoutes>
export type AuditApi = ReturnType<typeof createAuditRoutes>
export type CampaignsApi = ReturnType<typeof createCampaignRoutes>
export type ConsentsApi = ReturnType<typeof createConsentRoutes>
export type ConnectionsApi = ReturnType<typeof createConnectionRoutes>
export type CouponsApi = ReturnType<typeof createCouponRoutes>
export type CustomerJourneysApi = ReturnType<typeof createCustomerJourneyRoutes>
export type CustomerPageApi = ReturnType<typeof createCustomerPageRoutes>
export type CustomersApi = ReturnType<typeof createCustomerRoutes>
export type CustomerSearchApi = ReturnType<typeof createCustomerSearchRoutes>
export type DataRightsApi = ReturnType<typeof createDataRightsRoutes>
export type GapsApi = ReturnType<typeof createGapRoutes>
export type GuideApi = ReturnType<typeof createGuideRoutes>
export type IdentityKeyApi = ReturnType<typeof createIdentityKeyRoutes>
export type ImagesApi = ReturnType<typeof createImageRoutes>
export type ImportApi = ReturnType<typeof createImportRoutes>
export type HomeApi = ReturnType<typeof createHomeRoutes>
export type InsightApi = ReturnType<typeof createInsightRoutes>
export type JourneyRunsApi = ReturnType<typeof createJourneyRunRoutes>
export type JourneysApi = ReturnType<typeof createJourneyRoutes>
export type KeysApi = ReturnType<typeof createKeyRoutes>
export type MessagesApi = ReturnType<typeof createMessageRoutes>
export type OnsiteApi = ReturnType<typeof createOnsiteRoutes>
export type ParkedApi = ReturnType<typeof createParkedRoutes>
export type PullsApi = ReturnType<typeof createPullRoutes>
export type RecommendationsApi = ReturnType<typeof createRecommendationRoutes>
export type ReportsApi = ReturnType<typeof createReportRoutes>
export type RunsApi = ReturnType<typeof createRunRoutes>
export type SegmentsApi = ReturnType<typeof createSegmentRoutes>
export type SendersApi = ReturnType<typeof createSenderRoutes>
export type SessionApi = ReturnType<typeof createSessionRoutes>
export type SettingsApi = ReturnType<typeof createSettingsApiRoutes>
export type SubscriptionsApi = ReturnType<typeof createSubscriptionRoutes>
export type SuppressionsApi = ReturnType<typeof createSuppressionRoutes>
export type SignInApi = ReturnType<typeof createSignInRoutes>
export type TeamApi = ReturnType<typeof createTeamRoutes>
export type TemplatesApi = ReturnType<typeof createTemplateRoutes>
export type TryApi = ReturnType<typeof createTryRoutes>
export type WebhooksApi = ReturnType<typeof createWebhookRoutes>
