import { describe, expect, it } from 'vitest'
import { classifyError } from '../src/store/classifyError.ts'
import type { StoreErrorKind } from '../src/store/dialect.ts'
import { makeInChunks } from '../src/store/inChunks.ts'
import { openStore } from '../src/store/openStore.ts'

describe('classifyError', () => {
  it.each<[string, StoreErrorKind]>([
    ['SQLITE_BUSY', 'busy'],
    ['SQLITE_BUSY_SNAPSHOT', 'busy'],
    ['SQLITE_FULL', 'disk'],
    ['SQLITE_IOERR_WRITE', 'disk'],
    ['SQLITE_READONLY_DBMOVED', 'disk'],
    ['SQLITE_CONSTRAINT_PRIMARYKEY', 'other'],
    ['SQLITE_ERROR', 'other'],
    ['ENOSPC', 'disk'],
    ['ECONNREFUSED', 'connection'],
    ['40P01', 'busy'],
    ['53100', 'disk'],
    ['53300', 'connection'],
    ['08006', 'connection'],
    ['57P01', 'connection'],
    ['23505', 'other'],
    ['22P05', 'other'],
    ['ERR_INVALID_ARG_TYPE', 'other'],
  ])('of an error with the code %s is %s, also as the cause of another', (code, kind) => {
    const error = Object.assign(new Error('from the driver'), { code })
    expect(classifyError(error)).toBe(kind)
    expect(classifyError(new Error('Failed query', { cause: error }))).toBe(kind)
  })

  it.each<[string, unknown, StoreErrorKind]>([
    ['a connection lost without a code', new Error('Connection terminated unexpectedly'), 'connection'],
    ['a pool that ran out of time', new Error('timeout exceeded when trying to connect'), 'connection'],
    ['an ordinary error', new Error('Connection: none of the above'), 'other'],
    ['a text', 'SQLITE_FULL', 'other'],
    ['nothing', undefined, 'other'],
  ])('of %s', (_, error, kind) => {
    expect(classifyError(error)).toBe(kind)
  })

  it('ends on an error that is its own cause', () => {
    const error = new Error('round and round')
    error.cause = error
    expect(classifyError(error)).toBe('other')
  })
})

describe('inChunks', () => {
  const inChunks = makeInChunks(10)
  it.each<[number, number, number[]]>([
    [0, 3, []],
    [3, 3, [3]],
    [4, 3, [3, 1]],
    [7, 3, [3, 3, 1]],
    [2, 10, [1, 1]],
    [25, 1, [10, 10, 5]],
  ])('splits %i rows of %i columns, of 10 values a statement, into %j', (rows, columns, sizes) => {
    const all = Array.from({ length: rows }, (_, place) => place)
    const chunks = inChunks(all, columns)
    expect(chunks.map((chunk) => chunk.length)).toEqual(sizes)
    expect(chunks.flat()).toEqual(all)
  })

  it.each([0, -1, 1.5, 11, NaN])('refuses %d columns', (columns) => {
    expect(() => inChunks([1], columns)).toThrow(
      `inChunks was given ${columns} columns per row, expected a whole number from 1 to 10`,
    )
  })
})

describe('openStore', () => {
  it.each([
    ['', 'no scheme'],
    ['./data/ciclo.db', 'no scheme'],
    ['mysql://root:hidden@localhost/ciclo', 'mysql:'],
    ['file:', 'file:'],
    ['file:./data/', 'file:'],
    ['file:./ciclo.db?mode=hidden', 'file:'],
  ])('refuses %j', async (url, given) => {
    const error = (await openStore(url).catch((thrown: unknown) => thrown)) as Error
    expect(error.message).toBe(
      `The database url has ${given}, expected file:./path/to/file.db (without a query) or postgres://...`,
    )
    expect(error.message).not.toContain('hidden')
  })
})
