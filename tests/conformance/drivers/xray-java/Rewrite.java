import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Rewrite JAR DIRECTORY: writes the SDK's sampling classes there, with calls of {@link Replaced} in place of those of
 * clocks and random sources, which are static and cannot be replaced otherwise; and has reservoirs tell what they answer.
 */
public final class Rewrite {
  private static final String SAMPLING = "com/amazonaws/xray/strategy/sampling/";
  private static final String REPLACED = "Replaced";

  /** A call, and the method of Replaced that takes its place: its object becomes an argument. */
  private static final Map<String, String[]> CALLS = Map.of(
      "java/time/Instant.now()Ljava/time/Instant;", new String[] {"instant", "()Ljava/time/Instant;"},
      "java/time/Clock.systemUTC()Ljava/time/Clock;", new String[] {"clock", "()Ljava/time/Clock;"},
      "java/lang/System.nanoTime()J", new String[] {"nanoTime", "()J"},
      "java/util/Random.nextDouble()D", new String[] {"nextDouble", "(Ljava/util/Random;)D"},
      "java/util/concurrent/ThreadLocalRandom.nextFloat()F", new String[] {"nextFloat", "(Ljava/util/Random;)F"});

  private static final Set<String> TOLD = Set.of("take", "isBorrow");

  private Rewrite() {}

  public static void main(String[] arguments) throws Exception {
    try (JarFile jar = new JarFile(arguments[0])) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().startsWith(SAMPLING) && entry.getName().endsWith(".class")) {
          Path to = Path.of(arguments[1], entry.getName());
          Files.createDirectories(to.getParent());
          Files.write(to, rewritten(jar.getInputStream(entry).readAllBytes(), entry.getName()));
        }
      }
    }
  }

  private static byte[] rewritten(byte[] code, String name) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    boolean reservoir = name.endsWith("Reservoir.class");
    new ClassReader(code).accept(new ClassVisitor(Opcodes.ASM9, writer) {
      @Override
      public MethodVisitor visitMethod(int access, String method, String type, String signature, String[] thrown) {
        return rewriting(super.visitMethod(access, method, type, signature, thrown),
            reservoir && TOLD.contains(method));
      }
    }, 0);
    return writer.toByteArray();
  }

  private static MethodVisitor rewriting(MethodVisitor next, boolean told) {
    return new MethodVisitor(Opcodes.ASM9, next) {
      @Override
      public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
        String[] replaced = CALLS.get(owner + "." + method + type);
        if (replaced == null) {
          super.visitMethodInsn(opcode, owner, method, type, isInterface);
        } else {
          super.visitMethodInsn(Opcodes.INVOKESTATIC, REPLACED, replaced[0], replaced[1], false);
        }
      }

      @Override
      public void visitInsn(int opcode) {
        if (told && opcode == Opcodes.IRETURN) {
          super.visitInsn(Opcodes.DUP);
          super.visitVarInsn(Opcodes.ALOAD, 0);
          super.visitMethodInsn(Opcodes.INVOKESTATIC, REPLACED, "answered", "(ZLjava/lang/Object;)V", false);
        }
        super.visitInsn(opcode);
      }
    };
  }
}
