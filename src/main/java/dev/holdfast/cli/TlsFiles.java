package dev.holdfast.cli;

import dev.holdfast.cli.Doctor.Finding;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The certificate and key of the configuration, as the doctor sees them. */
final class TlsFiles {
  private static final String WHAT = "tls";
  private static final Duration SOON = Duration.ofDays(14);
  private static final Set<PosixFilePermission> OTHERS =
      Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

  private final Settings.Tls tls;

  TlsFiles(Settings.Tls tls) {
    this.tls = tls;
  }

  List<Finding> look(Instant now) {
    if (!tls.encrypts()) {
      return List.of(new Finding(WHAT, "off", null));
    }
    List<Finding> findings = new ArrayList<>();
    try {
      findings.add(ends(certificate(), now));
      SslContextBuilder.forServer(new File(tls.certificate()), new File(tls.key())).build();
      if (isOpenToOthers(Path.of(tls.key()))) {
        findings.add(new Finding(WHAT, "others can read " + tls.key(), "chmod 600 " + tls.key()));
      }
    } catch (IOException | GeneralSecurityException e) {
      findings.add(
          new Finding(WHAT, tls.certificate() + ": " + e.getMessage(), "Give files in PEM."));
    } catch (IllegalArgumentException e) {
      findings.add(
          new Finding(
              WHAT,
              tls.key() + ": " + e.getMessage(),
              "http.tls.key must be the unencrypted PKCS#8 key of the certificate, in PEM."));
    }
    return findings;
  }

  private X509Certificate certificate() throws IOException, GeneralSecurityException {
    byte[] pem = Files.readAllBytes(Path.of(tls.certificate()));
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
  }

  private static Finding ends(X509Certificate certificate, Instant now) {
    Instant begins = certificate.getNotBefore().toInstant();
    Instant ends = certificate.getNotAfter().toInstant();
    String said = "the certificate is for " + begins + " to " + ends;
    boolean good = begins.isBefore(now) && ends.isAfter(now.plus(SOON));
    return new Finding(
        WHAT, said, good ? null : "Renew it; the server takes the new files without a restart.");
  }

  private static boolean isOpenToOthers(Path key) throws IOException {
    try {
      return Files.getPosixFilePermissions(key).stream().anyMatch(OTHERS::contains);
    } catch (UnsupportedOperationException e) {
      return false;
    }
  }
}
