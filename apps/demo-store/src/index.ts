export { createDemoStore } from './createDemoStore.ts'
export type { DemoStoreOptions } from './createDemoStore.ts'
