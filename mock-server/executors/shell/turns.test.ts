import { expect, it } from 'vitest'
import { Turns } from './turns.ts'

const patient = new AbortController().signal

it('gives as many turns at once as it may, then one for each that ends, in order', async () => {
  const turns = new Turns(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const all = [1, 2, 3, 4].map(async (number) => {
    const end = await turns.take('job', patient)
    begun.push(number)
    if (end) ends.push(end)
  })
  await Promise.all(all.slice(0, 2))
  expect(begun).toEqual([1, 2])
  ends[1]?.()
  await all[2]
  expect(begun).toEqual([1, 2, 3])
  ends[0]?.()
  await all[3]
  expect(begun).toEqual([1, 2, 3, 4])
})

it('lets different kinds not wait for each other', async () => {
  const turns = new Turns(1)
  expect(await turns.take('one', patient)).not.toBeNull()
  expect(await turns.take('other', patient)).not.toBeNull()
})

it('passes over those who gave up', async () => {
  const turns = new Turns(1)
  const end = await turns.take('job', patient)
  const impatient = new AbortController()
  const [second, third] = [turns.take('job', impatient.signal), turns.take('job', patient)]
  impatient.abort()
  expect(await second).toBeNull()
  end?.()
  expect(await third).not.toBeNull()
  expect(await turns.take('job', impatient.signal)).toBeNull()
})
