package dev.holdfast.store;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A certificate for a server on this machine, signed by an authority of its own. */
public final class TestCertificates {
  public static final String AUTHORITY = "authority.pem";
  public static final String OTHER_AUTHORITY = "other-authority.pem";
  public static final String SERVER = "server.pem";
  public static final String SERVER_KEY = "server-key.pem";

  private TestCertificates() {}

  /** Writes the certificates and the key of the server into that directory. */
  public static void write(Path directory) throws IOException {
    try {
      X509Bundle authority = authority("CN=Authority of the tests");
      X509Bundle server =
          new CertificateBuilder()
              .subject("CN=localhost")
              .addSanDnsName("localhost")
              .addSanIpAddress("127.0.0.1")
              .addExtendedKeyUsageServerAuth()
              .buildIssuedBy(authority);
      Files.writeString(directory.resolve(AUTHORITY), authority.getCertificatePEM());
      Files.writeString(
          directory.resolve(OTHER_AUTHORITY),
          authority("CN=Another authority").getCertificatePEM());
      Files.writeString(directory.resolve(SERVER), server.getCertificatePathPEM());
      writeKey(directory.resolve(SERVER_KEY), server.getPrivateKeyPEM());
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("no certificates", e);
    }
  }

  private static X509Bundle authority(String name) throws Exception {
    return new CertificateBuilder().subject(name).setIsCertificateAuthority(true).buildSelfSigned();
  }

  /** PostgreSQL refuses a key that others may read. */
  private static void writeKey(Path file, String key) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, key);
  }
}
