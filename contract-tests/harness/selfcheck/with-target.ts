import type { Target } from '../target.ts'

export async function withTarget<Opened extends Target, T>(
  openTarget: () => Promise<Opened>,
  use: (target: Opened) => Promise<T>,
): Promise<T> {
  const target = await openTarget()
  try {
    return await use(target)
  } finally {
    await target.close()
  }
}
