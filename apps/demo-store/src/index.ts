export { createDemoStore } from './createDemoStore.ts'
export type { DemoStoreOptions } from './createDemoStore.ts'
export { describeCatalog } from './describeCatalog.ts'
