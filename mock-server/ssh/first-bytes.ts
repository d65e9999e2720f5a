import type { Socket } from 'node:net'

/** A client that waits for us to speak first gets no line of its own asked for. Real milliseconds. */
const PATIENCE = 200

/** What a paused socket brings first, which stays in it for whoever reads it next; empty where nothing comes. */
export const firstBytes = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    const done = (text: string): void => {
      clearTimeout(timer)
      socket.off('data', seen).off('close', left)
      resolve(text)
    }
    const seen = (chunk: Buffer): void => {
      socket.pause()
      socket.unshift(chunk)
      done(chunk.toString('latin1'))
    }
    const left = (): void => done('')
    const timer = setTimeout(() => {
      socket.pause()
      done('')
    }, PATIENCE)
    socket.on('data', seen).on('close', left).resume()
  })
