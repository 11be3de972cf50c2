/** The last version of Segment's older client for Node: it brings no types. */
declare module 'analytics-node' {
  interface Options {
    host?: string
    flushAt?: number
    flushInterval?: number
    retryCount?: number
    errorHandler?: (error: Error) => void
  }
  type Call = (message: Record<string, unknown>) => void
  export default class Analytics {
    constructor(writeKey: string, options?: Options)
    identify: Call
    track: Call
    page: Call
    screen: Call
    group: Call
    alias: Call
    flush(): Promise<unknown>
  }
}
