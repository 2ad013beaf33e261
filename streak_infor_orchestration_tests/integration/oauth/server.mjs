// An OAuth 2.0 server that is not ours, for one client. Prints its issuer URL; ends when its standard input does.
import { randomUUID } from "node:crypto";
import { OAuth2Server } from "oauth2-mock-server";

const { CLIENT_ID, CLIENT_SECRET } = process.env;
const expected = "Basic " + Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString("base64");

const server = new OAuth2Server();
await server.issuer.keys.generate("RS256");
server.service.on("beforeTokenSigning", (token) => {
  token.payload.jti = randomUUID(); // or two of one second are the same
});
server.service.on("beforeResponse", (response, request) => {
  if (request.headers.authorization !== expected) {
    response.statusCode = 401;
    response.body = { error: "invalid_client" };
  }
});
await server.start(0, "127.0.0.1");
console.log(server.issuer.url);
process.stdin.on("end", () => process.exit(0)).resume();
