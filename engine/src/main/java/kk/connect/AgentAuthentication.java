package kk.connect;

import java.io.IOException;
import net.schmizz.sshj.common.Buffer;
import net.schmizz.sshj.common.Message;
import net.schmizz.sshj.common.SSHPacket;
import net.schmizz.sshj.transport.TransportException;
import net.schmizz.sshj.userauth.UserAuthException;
import net.schmizz.sshj.userauth.method.AbstractAuthMethod;

/// Logs in with a key that an agent holds: asks whether the host would take it, then has the agent
/// sign.
final class AgentAuthentication extends AbstractAuthMethod {
  private final Agent agent;
  private final Agent.Identity identity;

  AgentAuthentication(Agent agent, Agent.Identity identity) {
    super("publickey");
    this.agent = agent;
    this.identity = identity;
  }

  @Override
  protected SSHPacket buildReq() throws UserAuthException {
    return request(false);
  }

  @Override
  public void handle(Message message, SSHPacket packet)
      throws UserAuthException, TransportException {
    if (message != Message.USERAUTH_60) {
      super.handle(message, packet);
      return;
    }
    SSHPacket request = request(true);
    byte[] signed =
        new Buffer.PlainBuffer()
            .putString(params.getTransport().getSessionID())
            .putBuffer(request)
            .getCompactData();
    try {
      params.getTransport().write(request.putBytes(agent.sign(identity, signed)));
    } catch (IOException e) {
      throw new UserAuthException("the agent can't sign with " + identity.comment(), e);
    }
  }

  private SSHPacket request(boolean signed) throws UserAuthException {
    try {
      return super.buildReq()
          .putBoolean(signed)
          .putString(identity.algorithm())
          .putString(identity.key());
    } catch (IOException e) {
      throw new UserAuthException("the agent's key makes no sense", e);
    }
  }
}
