package io.siyu.mall.local.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DebianPackagesTest {

  @Test
  void namesThePackagesOfMissingLibraries() {
    List<String> listing =
        List.of(
            "\tlinux-vdso.so.1 (0x00007f88bc413000)",
            "\tlibcrypt.so.1 => not found",
            "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f88b961e000)",
            "\tlibcap.so.2 => not found");

    assertThat(DebianPackages.packagesOf(listing)).containsExactly("libcap2", "libcrypt1");
  }
}
