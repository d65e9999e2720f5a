import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

/** A proxy that leads every tunnel to one port of this machine. */
export async function aProxy(port: number) {
  const asked: { target: string | undefined; authorization: string | undefined }[] = []
  const server = createServer()
  server.on('connect', (request, socket, head) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] })
    const onwards = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onwards.write(head)
      socket.pipe(onwards).pipe(socket)
    })
    for (const end of [socket, onwards]) end.on('error', () => end.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
