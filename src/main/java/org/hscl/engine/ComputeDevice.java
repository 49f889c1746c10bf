package org.hscl.engine;

import ai.djl.Device;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The device that runs the maths, and why.
 *
 * @param device CPU or one GPU
 * @param reason one sentence for the user
 */
public record ComputeDevice(Device device, String reason) {

    private static final Pattern GPU = Pattern.compile("gpu(?:\\((\\d+)\\)|:?(\\d+))?");

    /**
     * Chooses a device.
     *
     * @param request {@code auto}, {@code cpu}, {@code gpu} or {@code gpu(i)}
     * @return the device; the CPU, with the reason, where a GPU was asked for and there is none
     * @throws IllegalArgumentException if the request is none of these
     */
    public static ComputeDevice choose(String request) {
        String wanted = request.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("cpu")) {
            return new ComputeDevice(Device.cpu(), "CPU, as asked for");
        }
        int gpus = Torch.engine().getGpuCount();
        if (wanted.equals("auto")) {
            return gpus > 0
                    ? new ComputeDevice(Device.gpu(0), "GPU 0, the first of " + gpus)
                    : new ComputeDevice(Device.cpu(), "CPU: this engine sees no GPU");
        }
        Matcher gpu = GPU.matcher(wanted);
        if (!gpu.matches()) {
            throw new IllegalArgumentException("device is '" + request + "'; give auto, cpu, gpu or gpu(i)");
        }
        String number = gpu.group(1) != null ? gpu.group(1) : gpu.group(2);
        int index = number == null ? 0 : Integer.parseInt(number);
        return index < gpus
                ? new ComputeDevice(Device.gpu(index), "GPU " + index + ", as asked for")
                : new ComputeDevice(
                        Device.cpu(), "CPU: GPU %d was asked for, but this engine sees %d".formatted(index, gpus));
    }
}
