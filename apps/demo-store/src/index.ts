export { createDemoStore } from './createDemoStore.ts'
export type { DemoStoreOptions } from './createDemoStore.ts'
export { demoHistory, type DemoEvent } from './demoHistory.ts'
export { describeCatalog } from './describeCatalog.ts'
